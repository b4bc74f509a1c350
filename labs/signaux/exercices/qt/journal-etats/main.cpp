// Exercice 8.6.2-3 : la vie d'un socket, état par état.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include "Options.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}});
    QTcpSocket socket;

    // À vous : RECHERCHE, CONNEXION, CONNECTE, FERMETURE, DECONNECTE.
    QObject::connect(&socket, &QTcpSocket::stateChanged, &socket,
                     [](QAbstractSocket::SocketState etat) { qDebug() << "état" << int(etat); });
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.disconnectFromHost(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [] { terminer(1); });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
