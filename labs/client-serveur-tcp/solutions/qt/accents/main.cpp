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
    QByteArray reponse;

    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(options.texte("message").toUtf8()); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { reponse += socket.readAll(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&] {
        qDebug().noquote() << QString::fromUtf8(reponse);
        terminer(0);
    });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
