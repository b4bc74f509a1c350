// Exercice 8.5.2-3 : un relais UDP pour plusieurs clients.
#include <QCoreApplication>
#include <QDebug>
#include <QElapsedTimer>
#include <QMap>
#include <QNetworkDatagram>
#include <QPair>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 12346}, {"vers", 12345}, {"oubli", 5000}});
    QUdpSocket entree;
    const QHostAddress cible(options.texte("hote"));
    struct Client
    {
        QUdpSocket *socket = nullptr; // le sien vers la cible : le port local le désigne
        QNetworkDatagram dernier;
        QElapsedTimer silence;
    };
    QMap<QPair<quint32, quint16>, Client> clients;

    QObject::connect(&entree, &QUdpSocket::readyRead, &entree, [&] {
        while (entree.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = entree.receiveDatagram();
            for (auto client = clients.begin(); client != clients.end();) {
                if (client->silence.hasExpired(options.entier("oubli"))) {
                    client->socket->deleteLater();
                    client = clients.erase(client);
                } else
                    ++client;
            }
            if (datagramme.data() == "?") {
                entree.writeDatagram(datagramme.makeReply("CLIENTS " + QByteArray::number(clients.size())));
                continue;
            }
            Client &client = clients[{datagramme.senderAddress().toIPv4Address(),
                                      static_cast<quint16>(datagramme.senderPort())}];
            client.dernier = datagramme;
            client.silence.start();
            if (!client.socket) {
                QUdpSocket *socket = client.socket = new QUdpSocket(&entree);
                QObject::connect(socket, &QUdpSocket::readyRead, &entree, [&entree, socket, datagramme] {
                    while (socket->hasPendingDatagrams())
                        entree.writeDatagram(datagramme.makeReply(socket->receiveDatagram().data()));
                });
            }
            client.socket->writeDatagram(datagramme.data(), cible, options.entier("vers"));
        }
    });

    if (!entree.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(entree.error(), options.port());
        return 3;
    }
    qDebug() << "Relais attaché au port :" << entree.localPort();
    return a.exec();
}
