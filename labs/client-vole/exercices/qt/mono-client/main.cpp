// Exercice 8.6.5-2 : un client à la fois, chacun son tour.
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
        // À vous : le nouveau venu prend la place de celui qui est servi.
        client = serveur.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::readyRead, &serveur,
                         [&] { client->write("Message reçu sur le serveur : " + client->readAll()); });
        QObject::connect(client, &QTcpSocket::disconnected, &serveur, [&] {
            qDebug() << "Client déconnecté";
            // À vous : au suivant.
        });
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
