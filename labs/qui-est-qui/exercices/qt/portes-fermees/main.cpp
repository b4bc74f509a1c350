// Exercice 8.6.1-2 : fermer la porte sans chasser les présents.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    int presents = 0;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *client = serveur.nextPendingConnection();
            presents++;
            QObject::connect(client, &QTcpSocket::readyRead, client, [&, client] {
                const QByteArray texte = client->readAll();
                // À vous : cesser d'écouter, et seulement cela ; finir au départ du dernier.
                if (texte.trimmed() == "STOP")
                    terminer(0);
                else
                    client->write(texte);
            });
            QObject::connect(client, &QTcpSocket::disconnected, client, [&, client] {
                presents--;
                client->deleteLater();
            });
        }
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
