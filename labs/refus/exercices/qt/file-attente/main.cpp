// Exercice 8.6.7-3 : faire patienter au lieu de refuser.
#include <QCoreApplication>
#include <QDebug>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QTcpServer serveur;
    QList<QTcpSocket *> file;
    QTcpSocket *client = nullptr;

    /** Annonce son rang à chaque client de la file. */
    const auto annoncer = [&] {
        // À vous : « PLACE n », à chacun, et seulement quand il change.
    };
    const auto servir = [&](QTcpSocket *suivant) {
        client = suivant;
        QObject::connect(suivant, &QTcpSocket::readyRead, suivant, [suivant] { suivant->write(suivant->readAll()); });
        suivant->write("BIENVENUE\n");
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *nouveau = serveur.nextPendingConnection();
            // À vous : réagir aux départs, du client servi comme de ceux qui attendent.
            if (client)
                file << nouveau;
            else
                servir(nouveau);
        }
        annoncer();
    });

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 3;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur.serverPort();
    return a.exec();
}
