// Exercice 8.6.5-3 : cinq mille clients plus tard.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
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
            QObject::connect(client, &QTcpSocket::readyRead, client, [client] { client->write(client->readAll()); });
            QObject::connect(client, &QTcpSocket::disconnected, client, [client] {
                qDebug() << "Client déconnecté";
                client->deleteLater();
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
