// Exercice 8.6.2-1 : dire bonjour, lire une ligne, s'en aller.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}});
    QTcpSocket socket;
    bool aRepondu = false;

    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write("Bonjour\n"); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] {
        if (!socket.canReadLine() || aRepondu)
            return;
        aRepondu = true;
        qDebug().noquote() << QString::fromUtf8(socket.readLine()).trimmed();
        socket.disconnectFromHost();
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&] { terminer(aRepondu ? 0 : 1); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        if (aRepondu)
            return;
        qDebug().noquote() << phrase(erreur);
        terminer(1);
    });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
