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

    const auto accepter = [&](QTcpSocket *nouveau) {
        client = nouveau;
        QObject::connect(nouveau, &QTcpSocket::readyRead, nouveau, [nouveau] { nouveau->write(nouveau->readAll()); });
        QObject::connect(nouveau, &QTcpSocket::disconnected, nouveau, [&, nouveau] {
            nouveau->deleteLater();
            client = nullptr; // seul le départ du client servi libère la place
        });
        nouveau->write("BIENVENUE\n");
    };
    const auto refuser = [](QTcpSocket *nouveau) {
        QObject::connect(nouveau, &QTcpSocket::disconnected, nouveau, &QTcpSocket::deleteLater);
        nouveau->write("OCCUPÉ\n");
        nouveau->disconnectFromHost();
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *nouveau = serveur.nextPendingConnection();
            if (client)
                refuser(nouveau);
            else
                accepter(nouveau);
        }
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
