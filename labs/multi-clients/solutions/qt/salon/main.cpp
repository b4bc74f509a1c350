// Exercice 8.6.6-2 : un salon avec des pseudos.
#include <QCoreApplication>
#include <QDebug>
#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    QMap<QTcpSocket *, QByteArray> pseudos; // de chaque client qui en a donné un

    const auto diffuser = [&](const QByteArray &ligne, QTcpSocket *auteur) {
        for (QTcpSocket *client : pseudos.keys())
            if (client != auteur)
                client->write(ligne + "\n");
    };

    const auto accueillir = [&](QTcpSocket *client) {
        QObject::connect(client, &QTcpSocket::readyRead, client, [&, client] {
            while (client->canReadLine()) {
                const QByteArray ligne = client->readLine().trimmed();
                if (pseudos.contains(client))
                    diffuser(pseudos.value(client) + ": " + ligne, client);
                else if (pseudos.values().contains(ligne))
                    client->write("ERREUR PSEUDO\n");
                else
                    pseudos.insert(client, ligne);
            }
        });
        QObject::connect(client, &QTcpSocket::disconnected, client, [&, client] {
            const QByteArray pseudo = pseudos.take(client);
            if (!pseudo.isEmpty())
                diffuser("* " + pseudo + " est parti", client);
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
