// Exercice 8.6.5-2 : un client à la fois, chacun son tour.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    QTcpSocket *client = nullptr;

    // Tant que la place est prise, les suivants restent dans la file du serveur.
    std::function<void()> accueillir = [&] {
        if (client || !serveur.hasPendingConnections())
            return;
        client = serveur.nextPendingConnection();
        const auto repondre = [&] { client->write("Message reçu sur le serveur : " + client->readAll()); };
        const auto partir = [&] {
            qDebug() << "Client déconnecté";
            client->deleteLater();
            client = nullptr;
            accueillir();
        };
        QObject::connect(client, &QTcpSocket::readyRead, client, repondre);
        QObject::connect(client, &QTcpSocket::disconnected, client, partir);
        // Ce qui est arrivé pendant son attente n'a été annoncé à personne, son départ non plus.
        if (client->bytesAvailable() > 0)
            repondre();
        if (client->state() == QAbstractSocket::UnconnectedState)
            partir();
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] { accueillir(); });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
