// Exercice 8.6.3-1 : envoyer au bon moment, et savoir finir.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include <QTimer>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"message", "Hello, Serveur !"}});
    QTcpSocket socket;

    // À vous : la réponse peut arriver en plusieurs morceaux.
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                     [&] { qDebug().noquote() << QString::fromUtf8(socket.readAll()); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        qDebug().noquote() << phrase(erreur);
    });
    // À vous : deux secondes ne correspondent à rien.
    QTimer::singleShot(2000, &socket, [&] { socket.write(options.texte("message").toUtf8()); });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
