// Exercice 8.6.2-2 : à chaque panne son nom et son code.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpSocket>
#include <QTimer>
#include "Options.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}});
    QTcpSocket socket;
    QTimer minuteur;

    const auto echouer = [&](const char *mot, int code) {
        minuteur.stop();
        qDebug() << "ERREUR" << mot;
        terminer(code);
    };
    QObject::connect(&socket, &QTcpSocket::connected, &minuteur, &QTimer::stop);
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] {
        qDebug() << "REPONSE" << socket.readAll().size();
        terminer(0);
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&](QAbstractSocket::SocketError erreur) {
        switch (erreur) {
        case QAbstractSocket::ConnectionRefusedError:
            return echouer("REFUS", 10);
        case QAbstractSocket::HostNotFoundError:
            return echouer("HOTE", 11);
        case QAbstractSocket::RemoteHostClosedError:
            return echouer("FERME", 13);
        default:
            return;
        }
    });
    QObject::connect(&minuteur, &QTimer::timeout, &socket, [&] {
        socket.abort();
        echouer("DELAI", 12);
    });
    minuteur.start(2000);
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
