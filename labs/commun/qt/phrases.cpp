#include "phrases.h"

QString phrase(QAbstractSocket::SocketError erreur, quint16 port)
{
    switch (erreur) {
    case QAbstractSocket::ConnectionRefusedError:
        return "Connexion refusée : lancer le serveur, vérifier --port.";
    case QAbstractSocket::RemoteHostClosedError:
        return "L'hôte distant a fermé la connexion.";
    case QAbstractSocket::HostNotFoundError:
        return "Hôte non trouvé : vérifier le nom donné par --hote.";
    case QAbstractSocket::SocketAccessError:
        return "Accès refusé : port à partir de 1024, ou SO_BROADCAST.";
    case QAbstractSocket::SocketResourceError:
        return "Ressources épuisées : fermer d'autres programmes.";
    case QAbstractSocket::SocketTimeoutError:
        return "Délai expiré : aucune réponse, vérifier l'adresse.";
    case QAbstractSocket::DatagramTooLargeError:
        return "Datagramme trop grand : 65507 octets au plus.";
    case QAbstractSocket::NetworkError:
        return "Réseau inaccessible : vérifier l'adresse et le port.";
    case QAbstractSocket::AddressInUseError:
        return QString("Le port %1 est déjà pris : en choisir un autre (--port).").arg(port);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return "Adresse absente de cette machine : essayer 127.0.0.1.";
    default:
        return "Erreur inattendue : relancer le programme.";
    }
}
