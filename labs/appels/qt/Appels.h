#ifndef APPELS_H
#define APPELS_H
#include <QByteArray>
#include <QDebug>
#include <QMap>
#include <QString>
#include <arpa/inet.h>
#include <cerrno>
#include <functional>
#include <iostream>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

/** Ce que chaque erreur du système veut dire ici, et l'appel à faire, en moins de 60 colonnes. */
inline QString expliquer(int erreur)
{
    switch (erreur) {
    case EBADF: return "EBADF\n  aucun socket ici : appeler socket() d'abord";
    case EINVAL: return "EINVAL\n  mauvais ordre : bind() une fois, listen() avant accept()";
    case EADDRINUSE: return "EADDRINUSE\n  port déjà pris, relancer la console avec un autre --port";
    case EACCES: return "EACCES\n  port réservé, relancer avec un port à partir de 1024";
    case ENOTCONN: return "ENOTCONN\n  pas de connexion : accept() au serveur, connect() au client";
    case EPIPE: return "EPIPE\n  plus d'envoi : pas de connexion, ou émission finie";
    case EISCONN: return "EISCONN\n  ce socket est déjà connecté : close() pour en finir";
    case ECONNREFUSED: return "ECONNREFUSED\n  personne n'écoute : listen() en face, socket(), connect()";
    case ECONNRESET: return "ECONNRESET\n  le pair a coupé net : close() pour en finir";
    default: return QString("errno %1\n  erreur inattendue").arg(erreur);
    }
}

/** Une adresse IPv4 et un port, sous la forme que demandent bind() et connect(). */
inline sockaddr_in adresse(const QString &ip, quint16 port)
{
    sockaddr_in a = {};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    inet_pton(AF_INET, ip.toLatin1().constData(), &a.sin_addr);
    return a;
}

inline QString texte(const sockaddr_in &a)
{
    char ip[INET_ADDRSTRLEN] = "";
    inet_ntop(AF_INET, &a.sin_addr, ip, sizeof ip);
    return QString("%1:%2").arg(ip).arg(ntohs(a.sin_port));
}

/** L'adresse locale d'un socket : celle que bind(), listen() ou connect() lui a donnée. */
inline sockaddr_in locale(int fd)
{
    sockaddr_in a = {};
    socklen_t taille = sizeof a;
    getsockname(fd, reinterpret_cast<sockaddr *>(&a), &taille);
    return a;
}

inline void dire(const QString &ligne)
{
    qDebug().noquote() << ligne;
}

/** Dit qu'un appel va attendre, si rien n'est encore arrivé. */
inline void prevenir(int fd, const QString &ligne)
{
    pollfd attendu = {fd, POLLIN, 0};
    if (poll(&attendu, 1, 100) == 0)
        dire(ligne);
}

/** Ce qui s'affiche après le nom de l'appel : sa réussite, ou l'erreur que le système a donnée. */
inline QString issue(int resultat, const QString &reussite = "réussi")
{
    return " : " + (resultat < 0 ? expliquer(errno) : reussite);
}

// #region recv
inline QString recevoir(int fd)
{
    char octets[4096];
    prevenir(fd, "recv() : attend ce que le pair enverra");
    const ssize_t lus = recv(fd, octets, sizeof octets, 0);
    if (lus < 0)
        return " : " + expliquer(errno);
    if (lus == 0)
        return " = 0, le pair a fini d'émettre";
    QString ligne;
    QDebug(&ligne).nospace() << " = " << lus << ", " << QString::fromUtf8(octets, static_cast<int>(lus));
    return ligne;
}
// #endregion

// #region send
inline QString envoyer(int fd, const QByteArray &octets)
{
    // MSG_NOSIGNAL : une connexion rompue donne EPIPE, sans tuer le programme.
    const ssize_t envoyes = send(fd, octets.constData(), static_cast<size_t>(octets.size()), MSG_NOSIGNAL);
    return envoyes < 0 ? " : " + expliquer(errno) : QString(" = %1").arg(envoyes);
}
// #endregion

using Appels = QMap<QString, std::function<QString(const QString &)>>;

/** Exécute les appels tapés, un à la fois, jusqu'à Ctrl+D ; un appel qui attend retient les suivants. */
inline void jouer(const Appels &appels)
{
    std::string lue;
    while (std::getline(std::cin, lue)) {
        const QString ligne = QString::fromStdString(lue).trimmed();
        const QString nom = ligne.section(' ', 0, 0);
        if (nom.isEmpty())
            continue;
        if (!appels.contains(nom))
            dire("Appel inconnu : « " + nom + " ». Taper " + QStringList(appels.keys()).join(", "));
        else
            dire(nom + "()" + appels[nom](ligne.section(' ', 1)));
    }
}
#endif // APPELS_H
