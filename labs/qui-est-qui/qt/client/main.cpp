// Client : montre les deux extrémités de sa conversation, puis envoie chaque ligne tapée.
#include <QCoreApplication>
#include <QDebug>
#include <QHostAddress>
#include <QTcpSocket>

#include "Options.h"
#include "lignes.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}});
    QTcpSocket socket;

    // #region connexion
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&socket] {
        qDebug().noquote() << QString("Connecté : %1:%2 -> %3:%4")
                                      .arg(socket.localAddress().toString()).arg(socket.localPort())
                                      .arg(socket.peerAddress().toString()).arg(socket.peerPort());
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] {
        qDebug() << "Conversation terminée";
        terminer(0);
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&socket](QAbstractSocket::SocketError erreur) {
        // La fin normale passe aussi par ici : « disconnected » s'en charge.
        if (erreur == QAbstractSocket::RemoteHostClosedError)
            return;
        qDebug().noquote() << phrase(erreur);
        terminer(1);
    });
    // #endregion

    // #region lecture
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&socket] {
        while (socket.canReadLine())
            qDebug() << "Reçu :" << QString::fromUtf8(socket.readLine()).trimmed();
    });
    // #endregion

    socket.connectToHost(options.texte("hote"), options.port());
    lireLignes([&socket](const QString &ligne) { socket.write((ligne + "\n").toUtf8()); },
               [&socket] { socket.disconnectFromHost(); });
    return a.exec();
}
