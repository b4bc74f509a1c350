// Exercice 8.6.5-1 : chaque slot connaît le client qu'il sert.
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
        QTcpSocket *client = serveur.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::readyRead, client, [client] {
            const QByteArray texte = client->readAll();
            qDebug() << "Reçu :" << QString::fromUtf8(texte);
            client->write("Message reçu sur le serveur : " + texte);
        });
        QObject::connect(client, &QTcpSocket::disconnected, client, [client] {
            qDebug() << "Client déconnecté";
            client->deleteLater();
        });
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
