// Exercice 8.6.2-4 : réessayer, de moins en moins souvent.
#include <QCoreApplication>
#include <QDebug>
#include <QList>
#include <QTcpSocket>
#include <QTimer>
#include "Options.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"message", "Bonjour"}});
    QTcpSocket socket;
    const QList<int> delais{200, 400, 800, 1600}; // attentes avant chaque nouvel essai, en ms
    int essai = 0;
    bool estParti = false;

    const auto essayer = [&] {
        essai++;
        qDebug() << "ESSAI" << essai;
        socket.connectToHost(options.texte("hote"), options.port());
    };
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] {
        estParti = true;
        socket.write(options.texte("message").toUtf8() + "\n");
        socket.disconnectFromHost();
    });
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [] { terminer(0); });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        if (estParti)
            return;
        qDebug().noquote() << phrase(erreur);
        if (essai > delais.size())
            terminer(14);
        else
            QTimer::singleShot(delais.at(essai - 1), &socket, essayer);
    });
    essayer();
    return a.exec();
}
