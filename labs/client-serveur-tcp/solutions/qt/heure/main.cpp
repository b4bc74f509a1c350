// Exercice 8.6.4-1 : donner l'heure, puis raccrocher.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTime>
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
            client->write(QTime::currentTime().toString("HH:mm:ss").toUtf8() + "\n");
            client->disconnectFromHost();
        }
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
