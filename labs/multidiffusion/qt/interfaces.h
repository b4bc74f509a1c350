#ifndef INTERFACES_H
#define INTERFACES_H
#include <QNetworkInterface>

/** L'interface qui porte cette adresse IPv4 (lo, eth0…), ou une interface non valide. */
inline QNetworkInterface interfaceDe(const QString &adresse)
{
    for (const QNetworkInterface &carte : QNetworkInterface::allInterfaces())
        for (const QNetworkAddressEntry &entree : carte.addressEntries())
            if (entree.ip().protocol() == QHostAddress::IPv4Protocol && entree.ip() == QHostAddress(adresse))
                return carte;
    return QNetworkInterface();
}
#endif // INTERFACES_H
