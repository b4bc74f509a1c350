// Exercice 8.6.2-3 : la vie d'un socket, état par état.
#include <QCoreApplication>
#include <QDebug>
#include <QMap>
#include <QTcpSocket>
#include "Options.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}});
    QTcpSocket socket;

    const QMap<QAbstractSocket::SocketState, const char *> mots{
        {QAbstractSocket::HostLookupState, "RECHERCHE"},
        {QAbstractSocket::ConnectingState, "CONNEXION"},
        {QAbstractSocket::ConnectedState, "CONNECTE"},
        {QAbstractSocket::ClosingState, "FERMETURE"},
        {QAbstractSocket::UnconnectedState, "DECONNECTE"},
    };
    QObject::connect(&socket, &QTcpSocket::stateChanged, &socket,
                     [&](QAbstractSocket::SocketState etat) { qDebug() << mots.value(etat); });
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.disconnectFromHost(); });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [] { terminer(1); });
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
