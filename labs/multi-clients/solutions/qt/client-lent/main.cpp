// Exercice 8.6.6-4 : diffuser sans se laisser étouffer par un client lent.
#include <QCoreApplication>
#include <QDebug>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    QSet<QTcpSocket *> clients;

    const auto accueillir = [&](QTcpSocket *client) {
        clients << client;
        QObject::connect(client, &QTcpSocket::readyRead, client, [&, client] {
            const QByteArray octets = client->readAll();
            const QSet<QTcpSocket *> presents = clients; // abort() en retire un pendant la boucle
            for (QTcpSocket *autre : presents) {
                if (autre == client)
                    continue;
                if (autre->bytesToWrite() > 4 * 1048576) {
                    qDebug().noquote() << QString("EXCLU %1:%2").arg(autre->peerAddress().toString()).arg(autre->peerPort());
                    autre->abort();
                } else
                    autre->write(octets);
            }
        });
        QObject::connect(client, &QTcpSocket::disconnected, client, [&, client] {
            clients.remove(client);
            client->deleteLater();
        });
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections())
            accueillir(serveur.nextPendingConnection());
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
