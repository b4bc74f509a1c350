// Exercice 8.7-1 : retrouver les lignes dans le flux.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

/** Longueur d'une ligne, en octets, au-delà de laquelle son auteur est renvoyé. */
static const int MAX = 65536;

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
                // QTcpSocket garde ce qui n'est pas lu : c'est le tampon.
                while (client->canReadLine() && client->peek(MAX + 1).indexOf('\n') >= 0) {
                    QByteArray ligne = client->readLine();
                    ligne.chop(1);
                    const qsizetype caracteres = QString::fromUtf8(ligne).toUcs4().size();
                    client->write(QString("%1 %2\n").arg(ligne.size()).arg(caracteres).toUtf8());
                }
                if (client->bytesAvailable() <= MAX)
                    return;
                client->readAll();
                client->write("ERREUR TROP_LONG\n");
                client->disconnectFromHost();
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
