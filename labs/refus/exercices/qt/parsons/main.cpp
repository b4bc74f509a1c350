// Exercice 8.6.7-0 : remettre dans l'ordre les lignes du refus, et en retirer deux.
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
        QTcpSocket *nouveau = serveur.nextPendingConnection();
        if (client) {
            // À vous : cinq lignes mélangées, deux de trop.
            nouveau->waitForDisconnected(2000);
            nouveau->disconnectFromHost();
            nouveau->abort();
            nouveau->write("OCCUPÉ\n");
            QObject::connect(nouveau, &QTcpSocket::disconnected, nouveau, &QTcpSocket::deleteLater);
            return;
        }
        client = nouveau;
        QObject::connect(nouveau, &QTcpSocket::readyRead, nouveau, [nouveau] { nouveau->write(nouveau->readAll()); });
        QObject::connect(nouveau, &QTcpSocket::disconnected, nouveau, [&, nouveau] {
            nouveau->deleteLater();
            client = nullptr;
        });
        nouveau->write("BIENVENUE\n");
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
