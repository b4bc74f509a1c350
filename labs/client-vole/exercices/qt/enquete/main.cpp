// Exercice 8.6.5-1 : quatre lignes suspectes, quatre symptômes.
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
    QTcpSocket *client = nullptr;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        client = serveur.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::readyRead, &serveur, [&] {
            const QByteArray texte = client->readAll(); // ①
            qDebug() << "Reçu :" << QString::fromUtf8(texte);
            client->write("Message reçu sur le serveur : " + texte);
        });
        QObject::connect(client, &QTcpSocket::disconnected, &serveur, [&] {
            qDebug() << "Client déconnecté";
            client->deleteLater(); // ②
        });
        QObject::connect(client, &QTcpSocket::errorOccurred, &serveur, [&] {
            qDebug().noquote() << "Erreur client :" << phrase(client->error()); // ③
            client->disconnect(); // ④
        });
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
