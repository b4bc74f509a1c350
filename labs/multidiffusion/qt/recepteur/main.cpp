// Récepteur : REJOINDRE et QUITTER, tapés au clavier, l'abonnent à un groupe et le désabonnent.
#include <QCoreApplication>
#include <QDebug>
#include <QNetworkDatagram>
#include <QUdpSocket>

#include "../interfaces.h"
#include "Options.h"
#include "lignes.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(),
                          {{"port", 12345}, {"groupe", "239.255.43.21"}, {"interface", "127.0.0.1"}});
    QUdpSocket socket;
    const QString groupe = options.texte("groupe");
    const QNetworkInterface carte = interfaceDe(options.texte("interface"));
    int rang = 0;

    // #region lecture
    QObject::connect(&socket, &QUdpSocket::readyRead, &socket, [&socket, &rang] {
        while (socket.hasPendingDatagrams()) {
            const QNetworkDatagram recu = socket.receiveDatagram();
            rang++;
            const QString de = QString("%1:%2").arg(recu.senderAddress().toString()).arg(recu.senderPort());
            qDebug() << "Reçu n°" << rang << "de" << qUtf8Printable(de) << ":" << QString::fromUtf8(recu.data());
        }
    });
    // #endregion

    // #region groupe
    auto obeir = [&](const QString &ligne) {
        QString reponse = "Commande inconnue : taper REJOINDRE ou QUITTER";
        if (ligne == "REJOINDRE")
            reponse = socket.joinMulticastGroup(QHostAddress(groupe), carte)
                    ? "Groupe " + groupe + " rejoint"
                    : "Groupe " + groupe
                          + " non rejoint : déjà membre, adresse hors de 224.0.0.0/4 ou interface inadaptée";
        else if (ligne == "QUITTER")
            reponse = socket.leaveMulticastGroup(QHostAddress(groupe), carte)
                    ? "Groupe " + groupe + " quitté"
                    : "Groupe " + groupe + " non quitté : le rejoindre d'abord";
        qDebug().noquote() << reponse;
    };
    // #endregion

    if (!carte.isValid()) {
        qDebug().noquote() << "Aucune interface ne porte l'adresse" << options.texte("interface")
                           << ": essayer --interface 127.0.0.1";
        return 1;
    }
    // #region attache
    // Avec QHostAddress::Any, Qt refuserait un groupe IPv4.
    if (!socket.bind(QHostAddress::AnyIPv4, options.port(), QUdpSocket::ShareAddress | QUdpSocket::ReuseAddressHint)) {
        qDebug().noquote() << phrase(socket.error(), options.port());
        return 1;
    }
    // #endregion
    qDebug() << "Récepteur prêt (REJOINDRE, QUITTER), port :" << socket.localPort();
    lireLignes(obeir, [] { terminer(0); });
    return a.exec();
}
