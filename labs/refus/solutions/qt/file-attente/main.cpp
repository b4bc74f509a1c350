// Exercice 8.6.7-3 : faire patienter au lieu de refuser.
#include <QCoreApplication>
#include <QDebug>
#include <QList>
#include <QMap>
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
    QMap<QTcpSocket *, int> rangs;
    QTcpSocket *client = nullptr;

    /** Annonce son rang à chaque client de la file. */
    const auto annoncer = [&] {
        for (int rang = 1; rang <= file.size(); rang++) {
            QTcpSocket *attente = file.at(rang - 1);
            if (rangs.value(attente) != rang)
                attente->write("PLACE " + QByteArray::number(rang) + "\n");
            rangs[attente] = rang;
        }
    };
    const auto servir = [&](QTcpSocket *suivant) {
        client = suivant;
        QObject::connect(suivant, &QTcpSocket::readyRead, suivant, [suivant] { suivant->write(suivant->readAll()); });
        suivant->write("BIENVENUE\n");
        // Ce qu'il a écrit pendant son attente n'a été annoncé à personne.
        if (suivant->bytesAvailable() > 0)
            suivant->write(suivant->readAll());
    };
    const auto partir = [&](QTcpSocket *parti) {
        parti->deleteLater();
        rangs.remove(parti);
        if (parti == client) {
            client = nullptr;
            if (!file.isEmpty())
                servir(file.takeFirst());
        } else
            file.removeOne(parti);
        annoncer();
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (serveur.hasPendingConnections()) {
            QTcpSocket *nouveau = serveur.nextPendingConnection();
            QObject::connect(nouveau, &QTcpSocket::disconnected, &serveur, [&, nouveau] { partir(nouveau); });
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
