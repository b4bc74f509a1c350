// Console du serveur : socket, bind, listen, accept, recv, send, shutdown, close, un appel à la fois.
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

static const char *hote = "127.0.0.1";
static int ecoute = -1;
static int conversation = -1;

// #region appels
static QString creer(const QString &)
{
    if (ecoute >= 0)
        return " : déjà fait, close() pour en finir";
    ecoute = socket(AF_INET, SOCK_STREAM, 0);
    // Comme Qt et Node : un port que TIME-WAIT retient encore peut être repris.
    const int oui = 1;
    setsockopt(ecoute, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    return issue(ecoute);
}

static QString attacher(quint16 port)
{
    const sockaddr_in a = adresse(hote, port);
    const int resultat = bind(ecoute, reinterpret_cast<const sockaddr *>(&a), sizeof a);
    return issue(resultat, "réussi, " + texte(a));
}

static QString ecouter(const QString &)
{
    const int resultat = listen(ecoute, 50);
    return issue(resultat, QString("réussi, port %1").arg(ntohs(locale(ecoute).sin_port)));
}

static QString accepter(const QString &)
{
    if (conversation >= 0)
        return " : cette console tient une conversation à la fois, close() pour en finir";
    int enEcoute = 0;
    socklen_t taille = sizeof enEcoute;
    getsockopt(ecoute, SOL_SOCKET, SO_ACCEPTCONN, &enEcoute, &taille);
    if (enEcoute)
        prevenir(ecoute, "accept() : attend un client");
    sockaddr_in pair = {};
    taille = sizeof pair;
    conversation = accept(ecoute, reinterpret_cast<sockaddr *>(&pair), &taille);
    return issue(conversation, "réussi, pair " + texte(pair));
}
// #endregion

/** La conversation en cours, sinon le socket d'écoute, qui n'échange rien. */
static int enCours()
{
    return conversation >= 0 ? conversation : ecoute;
}

static QString fermer(const QString &)
{
    const bool enConversation = conversation >= 0;
    const int resultat = close(enCours());
    (enConversation ? conversation : ecoute) = -1;
    return issue(resultat, enConversation ? "réussi, conversation fermée" : "réussi, écoute fermée");
}

/** Un port libre, emprunté au système puis rendu : le client doit le connaître avant bind(). */
static quint16 portLibre()
{
    const int essai = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in a = adresse(hote, 0);
    bind(essai, reinterpret_cast<const sockaddr *>(&a), sizeof a);
    const quint16 port = ntohs(locale(essai).sin_port);
    close(essai);
    return port;
}

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    const quint16 port = options.port() == 0 ? portLibre() : options.port();
    qDebug() << "Appels : socket, bind, listen, accept,";
    qDebug() << "  recv, send, shutdown, close";
    qDebug() << "Console du serveur prête, port :" << port;
    jouer({{"socket", creer},
           {"bind", [port](const QString &) { return attacher(port); }},
           {"listen", ecouter},
           {"accept", accepter},
           {"recv", [](const QString &) { return recevoir(enCours()); }},
           {"send", [](const QString &message) { return envoyer(enCours(), message.toUtf8()); }},
           {"shutdown",
            [](const QString &) { return issue(shutdown(enCours(), SHUT_WR), "réussi, plus aucun envoi d'ici"); }},
           {"close", fermer}});
    return 0;
}
#endif
