#include "phrases.h"

QString phrase(QAbstractSocket::SocketError erreur, quint16 port)
{
    switch (erreur) {
    case QAbstractSocket::ConnectionRefusedError:
        return "Connexion refusée : lancer le serveur d'abord, puis vérifier le port (--port).";
    case QAbstractSocket::RemoteHostClosedError:
        return "L'hôte distant a fermé la connexion.";
    case QAbstractSocket::HostNotFoundError:
        return "Hôte non trouvé : vérifier le nom ou l'adresse donnés par --hote.";
    case QAbstractSocket::SocketAccessError:
        return "Accès refusé : choisir un port à partir de 1024 ou, pour diffuser, poser l'option SO_BROADCAST.";
    case QAbstractSocket::SocketResourceError:
        return "Ressources épuisées : fermer des programmes ou des connexions.";
    case QAbstractSocket::SocketTimeoutError:
        return "Délai expiré : aucune réponse, vérifier l'adresse et le réseau.";
    case QAbstractSocket::DatagramTooLargeError:
        return "Datagramme trop grand : 65507 octets au plus, raccourcir le message.";
    case QAbstractSocket::NetworkError:
        return "Réseau inaccessible : vérifier l'adresse, le port et le branchement.";
    case QAbstractSocket::AddressInUseError:
        return QString("Le port %1 est déjà pris : en choisir un autre (--port).").arg(port);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return "Adresse absente de cette machine : choisir l'une de ses adresses, ou 127.0.0.1.";
    default:
        return "Erreur inattendue : relancer le programme.";
    }
}
