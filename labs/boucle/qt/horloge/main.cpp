// Horloge : écrit TIC toutes les 100 ms et fait un long calcul à chaque datagramme reçu.
#include <QCoreApplication>
#include <QDebug>
#include <QElapsedTimer>
#include <QNetworkDatagram>
#include <QTimer>
#include <QUdpSocket>

#include "Options.h"
#include "phrases.h"

/** Durée d'une tranche de calcul, en ms : assez courte pour que l'horloge ne s'en aperçoive pas. */
static const int tranche = 10;

/** Occupe le processeur, comme un vrai calcul, pendant cette durée en ms. */
static void calculer(int duree)
{
    QElapsedTimer chrono;
    chrono.start();
    while (!chrono.hasExpired(duree)) { }
}

// #region tranches
/** Entre deux tranches, la boucle d'événements reprend la main : minuteurs et datagrammes passent. */
static void calculerEnTranches(int reste)
{
    if (reste <= 0) {
        qDebug() << "Calcul terminé";
        return;
    }
    calculer(qMin(tranche, reste));
    QTimer::singleShot(0, [reste] { calculerEnTranches(reste - tranche); });
}
// #endregion

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}, {"calcul", 1000}, {"tranches", false}});
    QUdpSocket socket;
    QTimer horloge;
    QElapsedTimer chrono;
    int rang = 0;

    // #region tic
    QObject::connect(&horloge, &QTimer::timeout, &horloge, [&chrono, &rang] {
        const qint64 retard = chrono.restart() - 100;
        rang++;
        if (retard > 100)
            qDebug().nospace() << "TIC " << rang << " (en retard de " << retard << " ms)";
        else
            qDebug() << "TIC" << rang;
    });
    // #endregion

    // #region lecture
    QObject::connect(&socket, &QUdpSocket::readyRead, &socket, [&socket, &options] {
        while (socket.hasPendingDatagrams()) {
            qDebug() << "Reçu :" << QString::fromUtf8(socket.receiveDatagram().data());
            qDebug() << "Calcul commencé";
            if (options.drapeau("tranches")) {
                calculerEnTranches(options.entier("calcul"));
            } else {
                calculer(options.entier("calcul"));
                qDebug() << "Calcul terminé";
            }
        }
    });
    // #endregion

    if (!socket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(socket.error(), options.port());
        return 1;
    }
    qDebug() << "Horloge prête, port :" << socket.localPort();
    chrono.start();
    horloge.start(100);
    return a.exec();
}
