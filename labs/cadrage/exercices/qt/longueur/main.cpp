// Exercice 8.7-2 : une longueur, puis le message.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *client = serveur.nextPendingConnection();
            QObject::connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
            QObject::connect(client, &QTcpSocket::readyRead, client, [client] {
                // À vous : rien ne dit que la longueur et le message sont arrivés en entier.
                const QByteArray octets = client->readAll();
                const quint32 longueur = qFromBigEndian<quint32>(octets.constData());
                client->write(octets.left(4 + longueur));
            });
        }
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
