// Émetteur : envoie chaque ligne tapée à une adresse, qui désigne une machine ou toutes celles d'un réseau.
#include <QCoreApplication>
#include <QDebug>
#include <QUdpSocket>

#include "Options.h"
#include "lignes.h"
#include "phrases.h"
#include "sortie.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.255.255.255"}, {"port", 12345}});
    QUdpSocket socket;
    const QHostAddress destinataire(options.texte("hote"));

    if (destinataire.isNull()) {
        qDebug().noquote().nospace() << "Adresse attendue, pas un nom : « " << options.texte("hote")
                                     << " ». Écrire par exemple --hote 127.0.0.1";
        return 2;
    }

    // #region envoi
    // Qt permet la diffusion d'office : aucune option à poser.
    auto envoyer = [&](const QString &texte) {
        const qint64 taille = socket.writeDatagram(texte.toUtf8(), destinataire, options.port());
        if (taille < 0)
            qDebug().noquote() << phrase(socket.error());
        else
            qDebug().noquote().nospace() << "Envoyé à " << options.texte("hote") << ":" << options.port()
                                         << ", taille " << taille;
    };
    // #endregion

    qDebug() << "Émetteur prêt : un message par ligne, Ctrl+D pour finir";
    lireLignes(envoyer, [] { terminer(0); });
    return a.exec();
}
