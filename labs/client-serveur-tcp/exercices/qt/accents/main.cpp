// Exercice 8.6.3-2 : les mêmes lettres à l'arrivée qu'au départ.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include "Options.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"message", "été 5 €"}});
    QTcpSocket socket;

    // À vous : choisir l'encodage que l'autre côté attend.
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(options.texte("message").toLatin1()); });
    // À vous : un morceau peut s'arrêter au milieu d'un caractère.
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                     [&] { qDebug().noquote() << QString::fromUtf8(socket.readAll()); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
