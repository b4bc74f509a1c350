#include "lignes.h"

#include <QCoreApplication>
#include <thread>
#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#define _read ::read
#endif

/** Exécute une action dans le fil de l'application, si elle existe encore. */
static void dansLaBoucle(std::function<void()> action)
{
    if (QCoreApplication *application = QCoreApplication::instance())
        QMetaObject::invokeMethod(application, action, Qt::QueuedConnection);
}

void lireLignes(std::function<void(const QString &)> ligne, std::function<void()> fin)
{
    // Lire le clavier bloque : un fil à part attend, la boucle d'événements reste libre.
    std::thread([ligne, fin] {
        QByteArray tampon;
        char octets[4096];
        for (auto lus = _read(0, octets, sizeof octets); lus > 0; lus = _read(0, octets, sizeof octets)) {
            tampon.append(octets, lus);
            for (int n = tampon.indexOf('\n'); n >= 0; n = tampon.indexOf('\n')) {
                const QByteArray lue = tampon.left(n > 0 && tampon.at(n - 1) == '\r' ? n - 1 : n);
                tampon.remove(0, n + 1);
                dansLaBoucle([ligne, texte = QString::fromUtf8(lue)] { ligne(texte); });
            }
        }
        if (!tampon.isEmpty())
            dansLaBoucle([ligne, texte = QString::fromUtf8(tampon)] { ligne(texte); });
        dansLaBoucle(fin);
    }).detach();
}
