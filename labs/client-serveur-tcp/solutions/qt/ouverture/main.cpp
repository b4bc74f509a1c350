// Exercice 8.6.4-2 : choisir son adresse, et dire pourquoi l'écoute échoue.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}, {"adresse", "127.0.0.1"}});
    QTcpServer serveur;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        QTcpSocket *client = serveur.nextPendingConnection();
        client->write("BIENVENUE\n");
        client->disconnectFromHost();
    });

    if (!serveur.listen(QHostAddress(options.texte("adresse")), options.port())) {
        const bool estPris = serveur.serverError() == QAbstractSocket::AddressInUseError;
        qDebug().noquote() << (estPris ? "ERREUR PORT_OCCUPE" : phrase(serveur.serverError(), options.port()));
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
