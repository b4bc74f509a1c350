// Exercice 8.6.7-1 : refuser poliment le client de trop.
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
        // À vous : ce serveur laisse le nouveau venu remplacer le précédent.
        client = serveur.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::readyRead, &serveur, [&] { client->write(client->readAll()); });
        client->write("BIENVENUE\n");
        // À vous : rien ne réagit encore au départ d'un client.
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
