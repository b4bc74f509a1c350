// Exercice 8.6.4-3 : un numéro pour chacun, même quand ils arrivent tous ensemble.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    const int numero = 1;

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        // À vous : un seul client par signal, et toujours le même numéro.
        serveur.nextPendingConnection()->write(QByteArray::number(numero) + "\n");
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
