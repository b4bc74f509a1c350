// Exercice 8.6.1-1 : qui entre, qui sort, combien restent.
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
        // À vous : compter les présents, et annoncer aussi les départs.
        qDebug().noquote() << QString("+ %1:%2").arg(client->peerAddress().toString()).arg(client->peerPort());
    });

    // À vous : l'adresse affichée doit être en IPv4.
    if (!serveur.listen(QHostAddress::Any, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
