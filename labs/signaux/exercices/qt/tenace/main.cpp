// Exercice 8.6.2-4 : réessayer, de moins en moins souvent.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"message", "Bonjour"}});
    QTcpSocket socket;

    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] {
        socket.write(options.texte("message").toUtf8() + "\n");
        socket.disconnectFromHost();
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        qDebug().noquote() << phrase(erreur);
        // À vous : réessayer (ligne « ESSAI n » avant chaque essai) après 200, 400, 800 puis 1600 ms,
        // avec QTimer ; abandonner ensuite, code 14.
        terminer(1);
    });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
