// Exercice 8.6.4-2 : choisir son adresse, et dire pourquoi l'écoute échoue.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}, {"adresse", "127.0.0.1"}});
    QTcpServer serveur;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        QTcpSocket *client = serveur.nextPendingConnection();
        client->write("BIENVENUE\n");
        client->disconnectFromHost();
    });

    // À vous : l'adresse demandée n'est pas lue, et l'échec passe inaperçu.
    serveur.listen(QHostAddress::AnyIPv4, options.port());
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
