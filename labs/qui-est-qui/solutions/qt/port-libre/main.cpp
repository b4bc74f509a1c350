// Exercice 8.6.1-3 : laisser le système choisir le port, et le dire.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 0}});
    QTcpServer serveur;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        QTcpSocket *client = serveur.nextPendingConnection();
        client->write("BONJOUR\n");
        client->disconnectFromHost();
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
