// Console du client : socket, connect, send, recv, shutdown, close, un appel à la fois.
#ifdef _WIN32
#include <cstdio>
int main()
{
    std::puts("Cette console fait les appels de Linux et de macOS : sous Windows, choisir la variante Node.");
    return 1;
}
#else
#include <QCoreApplication>

#include "../Appels.h"
#include "Options.h"

static int prise = -1;

// #region appels
static QString creer(const QString &)
{
    if (prise >= 0)
        return " : déjà fait, close() pour en finir";
    prise = socket(AF_INET, SOCK_STREAM, 0);
    return issue(prise);
}

static QString connecter(const QString &hote, quint16 port)
{
    const sockaddr_in pair = adresse(hote, port);
    const int resultat = connect(prise, reinterpret_cast<const sockaddr *>(&pair), sizeof pair);
    if (resultat == 0)
        return issue(resultat, "réussi, " + texte(locale(prise)) + " -> " + texte(pair));
    const QString refus = issue(resultat);
    // Après un échec, l'état d'un socket n'est pas garanti : il en faut un neuf.
    if (errno != EISCONN && prise >= 0) {
        close(prise);
        prise = -1;
    }
    return refus;
}
// #endregion

static QString fermer(const QString &)
{
    const int resultat = close(prise);
    prise = -1;
    return issue(resultat);
}

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}, {"hote", "127.0.0.1"}});
    if (in_addr ip; inet_pton(AF_INET, options.texte("hote").toLatin1().constData(), &ip) != 1) {
        dire("Adresse attendue, pas un nom : « " + options.texte("hote") + " ». Écrire par exemple --hote 127.0.0.1");
        return 2;
    }
    qDebug() << "Appels : socket, connect, send, recv, shutdown, close";
    qDebug() << "Console du client prête";
    jouer({{"socket", creer},
           {"connect", [&options](const QString &) { return connecter(options.texte("hote"), options.port()); }},
           {"send", [](const QString &message) { return envoyer(prise, message.toUtf8()); }},
           {"recv", [](const QString &) { return recevoir(prise); }},
           {"shutdown",
            [](const QString &) { return issue(shutdown(prise, SHUT_WR), "réussi, plus aucun envoi d'ici"); }},
           {"close", fermer}});
    return 0;
}
#endif
