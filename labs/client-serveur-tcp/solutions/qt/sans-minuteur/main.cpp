// Exercice 8.6.3-1 : envoyer au bon moment, et savoir finir.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"message", "Hello, Serveur !"}});
    QTcpSocket socket;
    QByteArray reponse;

    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(options.texte("message").toUtf8()); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { reponse += socket.readAll(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&] {
        qDebug().noquote() << QString::fromUtf8(reponse);
        terminer(0);
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        // Le serveur a fermé : c'est la fin normale.
        if (erreur == QAbstractSocket::RemoteHostClosedError)
            return;
        qDebug().noquote() << phrase(erreur);
        terminer(1);
    });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
