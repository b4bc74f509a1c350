#ifndef CADREUR_H
#define CADREUR_H
#include <QByteArray>
#include <QList>
#include <QString>
#include <QtEndian>

/** Taille, en octets, du nombre qui précède un message (gros-boutiste). */
static const int prefixe = 4;

// #region encadrer
/** Les octets d'un message, prêts à partir ; le cadrage est « aucun », « lignes » ou « longueur ». */
inline QByteArray encadrer(const QString &cadrage, const QString &texte)
{
    const QByteArray octets = texte.toUtf8();
    if (cadrage == "lignes")
        return octets + '\n';
    if (cadrage == "aucun")
        return octets;
    QByteArray taille(prefixe, '\0');
    qToBigEndian(static_cast<quint32>(octets.size()), taille.data());
    return taille + octets;
}
// #endregion

// #region decoder
/** Retrouve les messages dans les octets reçus, quelle que soit la façon dont ils ont été coupés. */
class Decodeur
{
public:
    /** max : taille d'un message, en octets, au-delà de laquelle il est refusé. */
    Decodeur(const QString &cadrage, qint64 max) : cadrage(cadrage), max(max) { }

    /** Ce qui attend la suite, en octets. */
    qint64 reste() const { return tampon.size(); }

    /** Un message dépasse la taille permise : rien de ce qui le suit n'est plus sûr. */
    bool refus() const { return refuse; }

    /** Les messages devenus complets. */
    QList<QByteArray> lire(const QByteArray &octets)
    {
        if (cadrage == "aucun")
            return {octets};
        tampon += octets;
        const bool enLignes = cadrage == "lignes";
        const qint64 debut = enLignes ? 0 : prefixe;
        QList<QByteArray> messages;
        while (true) {
            const qint64 fin = enLignes ? tampon.indexOf('\n') : finAnnoncee();
            // Sans fin de ligne, seul un message déjà trop long se laisse juger.
            const qint64 taille = (fin < 0 && enLignes ? tampon.size() : fin) - debut;
            refuse = refuse || taille > max;
            if (refuse || fin < 0 || fin > tampon.size())
                return messages;
            messages << tampon.mid(debut, fin - debut);
            tampon.remove(0, enLignes ? fin + 1 : fin);
        }
    }

private:
    /** La taille annoncée est jugée avant d'attendre, et sans rien réserver. */
    qint64 finAnnoncee() const
    {
        return tampon.size() < prefixe ? -1 : prefixe + qint64(qFromBigEndian<quint32>(tampon.constData()));
    }

    QString cadrage;
    qint64 max;
    QByteArray tampon;
    bool refuse = false;
};
// #endregion
#endif // CADREUR_H
