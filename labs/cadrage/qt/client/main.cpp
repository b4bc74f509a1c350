// Client : envoie plusieurs fois le même message, d'un coup, puis chaque ligne tapée.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>

#include "../Cadreur.h"
#include "Options.h"
#include "lignes.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"},
                                          {"port", 1234},
                                          {"cadrage", QStringList{"lignes", "longueur", "aucun"}},
                                          {"message", "été €"},
                                          {"nombre", 5}});
    const QString cadrage = options.texte("cadrage");
    QTcpSocket socket;

    // #region envoi
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] {
        for (int i = 0; i < options.entier("nombre"); i++)
            socket.write(encadrer(cadrage, options.texte("message")));
        qDebug().noquote().nospace() << "Envoyé, cadrage " << cadrage << ", messages : " << options.entier("nombre");
    });
    // #endregion

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
    socket.connectToHost(options.texte("hote"), options.port());
    lireLignes([&](const QString &ligne) { socket.write(encadrer(cadrage, ligne)); },
               [&socket] { socket.disconnectFromHost(); });
    return a.exec();
}
