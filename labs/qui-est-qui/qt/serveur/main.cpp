// Serveur : QTcpServer écoute, et chaque client a son propre QTcpSocket. L'inventaire montre qui est qui.
#include <QCoreApplication>
#include <QDebug>
#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>

#include "Options.h"
#include "lignes.h"
#include "phrases.h"

/** Un client qui n'envoie jamais de fin de ligne est écarté au-delà de cette taille, en octets. */
static const qint64 ligneMax = 65536;

static QString bout(const QHostAddress &adresse, quint16 port)
{
    return QString("%1:%2").arg(adresse.toString()).arg(port);
}

// #region inventaire
static void inventaire(const QTcpServer &serveur, const QMap<int, QTcpSocket *> &clients)
{
    const bool ecoute = serveur.isListening();
    // Chaque conversation a deux extrémités : si les clients sont sur cette machine, ss montre les deux.
    const auto lignes = 2 * clients.size() + (ecoute ? 1 : 0);
    qDebug().noquote() << QString("Inventaire, écoute : %1, conversations : %2, lignes de ss : %3")
                                  .arg(ecoute ? "oui" : "non").arg(clients.size()).arg(lignes);
    if (ecoute)
        qDebug().noquote() << "  écoute   " << bout(serveur.serverAddress(), serveur.serverPort());
    for (auto i = clients.begin(); i != clients.end(); i++)
        qDebug().noquote() << "  client" << i.key() << "" << bout(i.value()->localAddress(), i.value()->localPort())
                           << "<->" << bout(i.value()->peerAddress(), i.value()->peerPort());
}
// #endregion

// #region lecture
static void lire(QTcpSocket *socket, int numero)
{
    while (socket->canReadLine()) {
        QString ligne = QString::fromUtf8(socket->readLine());
        while (ligne.endsWith('\n') || ligne.endsWith('\r'))
            ligne.chop(1);
        qDebug() << "Client" << numero << ":" << ligne;
        socket->write(QString("Bien reçu, client %1\n").arg(numero).toUtf8());
    }
    if (socket->bytesAvailable() > ligneMax)
        socket->abort();
}
// #endregion

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    QMap<int, QTcpSocket *> clients;
    QTcpServer serveur;
    int rang = 0;

    // #region arrivee
    auto accueillir = [&](QTcpSocket *socket, int numero) {
        clients.insert(numero, socket);
        qDebug() << "Client" << numero << "entré";
        inventaire(serveur, clients);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, numero] { lire(socket, numero); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [&, socket, numero] {
            clients.remove(numero);
            socket->deleteLater();
            qDebug() << "Client" << numero << "parti";
            inventaire(serveur, clients);
        });
    };
    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&] {
        while (QTcpSocket *socket = serveur.nextPendingConnection())
            accueillir(socket, ++rang);
    });
    // #endregion

    // #region commandes
    auto obeir = [&](const QString &commande) {
        if (commande == "INVENTAIRE") {
            inventaire(serveur, clients);
        } else if (commande == "FERMER") {
            serveur.close();
            qDebug() << "Écoute fermée : plus aucun client ne peut entrer";
            inventaire(serveur, clients);
        } else {
            qDebug() << "Commande inconnue : taper INVENTAIRE ou FERMER";
        }
    };
    // #endregion

    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 1;
    }
    qDebug() << "Serveur prêt (INVENTAIRE, FERMER), port :" << serveur.serverPort();
    lireLignes(obeir, [] { });
    return a.exec();
}
