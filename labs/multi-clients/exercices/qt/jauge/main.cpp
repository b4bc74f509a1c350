// Exercice 8.6.6-3 : pas plus de clients que de places.
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
    const Options options(a.arguments(), {{"port", 1234}, {"max", 3}});
    QTcpServer serveur;
    QSet<QTcpSocket *> clients;

    // À vous : cette ligne ne limite pas ce que le titre promet.
    serveur.setMaxPendingConnections(options.entier("max"));

    const auto accueillir = [&](QTcpSocket *client) {
        clients << client;
        qDebug() << "Clients :" << clients.size();
        QObject::connect(client, &QTcpSocket::readyRead, client, [client] { client->write(client->readAll()); });
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
