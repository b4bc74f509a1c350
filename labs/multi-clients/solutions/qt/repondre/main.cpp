// Exercice 8.6.6-1 : répondre à celui qui a parlé.
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
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    QSet<QTcpSocket *> clients;

    const auto accueillir = [&](QTcpSocket *client) {
        clients << client;
        QObject::connect(client, &QTcpSocket::readyRead, client, [&, client] {
            while (client->canReadLine()) {
                const QByteArray ligne = client->readLine().trimmed();
                if (ligne == "?")
                    client->write("CLIENTS " + QByteArray::number(clients.size()) + "\n");
                else
                    client->write("RECU " + ligne + "\n");
            }
        });
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
