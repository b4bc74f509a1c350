// Émetteur : chaque ligne tapée part dans un datagramme ; une ligne vide fait un datagramme vide.
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
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 12345}, {"taille", 0}});
    QUdpSocket socket;
    const QHostAddress destinataire(options.texte("hote"));

    // #region envoi
    auto envoyer = [&](const QByteArray &octets) {
        const qint64 taille = socket.writeDatagram(octets, destinataire, options.port());
        if (taille < 0)
            qDebug().noquote() << phrase(socket.error());
        else
            qDebug().nospace() << "Envoyé, taille " << taille << " : accepté par le système";
        return taille >= 0;
    };
    // #endregion

    if (destinataire.isNull()) {
        qDebug().noquote().nospace() << "Adresse attendue, pas un nom : « " << options.texte("hote")
                                     << " ». Écrire par exemple --hote 127.0.0.1";
        return 2;
    }
    if (options.entier("taille") > 0)
        return envoyer(QByteArray(options.entier("taille"), 'x')) ? 0 : 1;
    qDebug() << "Émetteur prêt : un message par ligne, Ctrl+D pour finir";
    lireLignes([&envoyer](const QString &ligne) { envoyer(ligne.toUtf8()); }, [] { terminer(0); });
    return a.exec();
}
