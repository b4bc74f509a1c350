// Exercice 8.7-1 : retrouver les lignes dans le flux.
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
        while (serveur.hasPendingConnections()) {
            QTcpSocket *client = serveur.nextPendingConnection();
            QObject::connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
            QObject::connect(client, &QTcpSocket::readyRead, client, [client] {
                // À vous : une lecture n'est pas une ligne ; ce découpage perd et abîme des messages.
                for (const QByteArray &ligne : client->readAll().split('\n')) {
                    const QString texte = QString::fromUtf8(ligne);
                    client->write(QString("%1 %2\n").arg(ligne.size()).arg(texte.size()).toUtf8());
                }
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
