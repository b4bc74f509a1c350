// Exercice 8.6.2-2 : à chaque panne son nom et son code.
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

    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] {
        qDebug() << "REPONSE" << socket.readAll().size();
        terminer(0);
    });
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, [&] {
        // À vous : REFUS (10), HOTE (11), DELAI (12), FERME (13).
        qDebug().noquote() << "ERREUR" << socket.errorString();
        terminer(1);
    });
    // À vous : un trou noir ne doit pas faire attendre plus de 2 secondes.
    socket.connectToHost(options.texte("hote"), options.port());
    return a.exec();
}
