// Émetteur : envoie chaque ligne tapée au groupe. Il n'a pas besoin d'en être membre.
#include <QCoreApplication>
#include <QDebug>
#include <QUdpSocket>
#include <QVariant>

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
    const QHostAddress groupe(options.texte("groupe"));
    const QNetworkInterface carte = interfaceDe(options.texte("interface"));

    if (groupe.protocol() != QHostAddress::IPv4Protocol || !groupe.isMulticast()) {
        qDebug().noquote() << "«" << options.texte("groupe")
                           << "» n'est pas un groupe : choisir une adresse de 224.0.0.0 à 239.255.255.255";
        return 2;
    }
    if (!carte.isValid()) {
        qDebug().noquote() << "Aucune interface ne porte l'adresse" << options.texte("interface")
                           << ": essayer --interface 127.0.0.1";
        return 1;
    }

    // #region envoi
    // L'interface de sortie se choisit sur un socket déjà attaché.
    socket.bind(QHostAddress::AnyIPv4, 0);
    socket.setMulticastInterface(carte);
    // Avec 1, le datagramme ne quitte pas le réseau local : aucun routeur ne le transmet.
    socket.setSocketOption(QAbstractSocket::MulticastTtlOption, 1);

    auto envoyer = [&](const QString &texte) {
        const qint64 taille = socket.writeDatagram(texte.toUtf8(), groupe, options.port());
        if (taille < 0)
            qDebug().noquote() << phrase(socket.error());
        else
            qDebug().noquote().nospace() << "Envoyé au groupe " << options.texte("groupe") << ":" << options.port()
                                         << ", taille " << taille;
    };
    // #endregion

    qDebug() << "Émetteur prêt : un message par ligne, Ctrl+D pour finir";
    lireLignes(envoyer, [] { terminer(0); });
    return a.exec();
}
