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
    int presents = 0;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *client = serveur.nextPendingConnection();
            const QString qui = QString("%1:%2").arg(client->peerAddress().toString()).arg(client->peerPort());
            presents++;
            qDebug().noquote() << QString("+ %1 (%2)").arg(qui).arg(presents);
            QObject::connect(client, &QTcpSocket::disconnected, client, [&, client, qui] {
                presents--;
                qDebug().noquote() << QString("- %1 (%2)").arg(qui).arg(presents);
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
