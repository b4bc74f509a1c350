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

    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] {
        // À vous : une ligne peut arriver en plusieurs morceaux.
        qDebug().noquote() << QString::fromUtf8(socket.readAll());
        terminer(0);
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        qDebug().noquote() << phrase(erreur);
        terminer(1);
    });
    // À vous : envoyer « Bonjour » et une fin de ligne, au bon moment.
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
