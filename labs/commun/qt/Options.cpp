#include "Options.h"

#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTextStream>
#include <cstdlib>

static bool estChoix(const QVariant &defaut)
{
    return defaut.typeId() == QMetaType::QStringList;
}

Options::Options(const QStringList &mots, const Defauts &defauts)
    : programme(QFileInfo(mots.value(0)).fileName())
    , defauts(defauts)
{
    QMap<QString, QVariant> connues;
    for (const auto &[nom, defaut] : defauts) {
        connues.insert(nom, defaut);
        valeurs.insert(nom, estChoix(defaut) ? QVariant(defaut.toStringList().value(0)) : defaut);
    }
    for (int i = 1; i < mots.size(); i++) {
        const QString mot = mots.at(i);
        const int egal = mot.indexOf('=');
        const bool collee = egal > 0;
        const QString nom = mot.mid(2, collee ? egal - 2 : -1);
        if (!mot.startsWith("--") || !connues.contains(nom))
            refuser("Option inconnue : " + mot + ".");
        const QVariant defaut = connues.value(nom);
        if (defaut.typeId() == QMetaType::Bool) {
            if (collee)
                refuser("L'option --" + nom + " ne prend pas de valeur.");
            valeurs.insert(nom, true);
            continue;
        }
        if (!collee && (++i >= mots.size() || mots.at(i).startsWith("--")))
            refuser("Il manque une valeur après --" + nom + ".");
        const QString texte = collee ? mot.mid(egal + 1) : mots.at(i);
        if (defaut.typeId() == QMetaType::Int)
            valeurs.insert(nom, lireEntier(nom, texte));
        else if (estChoix(defaut) && !defaut.toStringList().contains(texte))
            refuser("--" + nom + " attend l'une de ces valeurs : " + defaut.toStringList().join(", ") + ".");
        else
            valeurs.insert(nom, texte);
    }
}

int Options::lireEntier(const QString &nom, const QString &texte) const
{
    static const QRegularExpression chiffres("^\\d{1,10}$");
    const qint64 max = nom == "port" || nom == "vers" ? 65535 : 1000000000;
    const qint64 nombre = chiffres.match(texte).hasMatch() ? texte.toLongLong() : -1;
    if (nombre < 0 || nombre > max)
        refuser(QString("--%1 attend un entier de 0 à %2, pas « %3 ».").arg(nom).arg(max).arg(texte));
    return static_cast<int>(nombre);
}

void Options::refuser(const QString &phrase) const
{
    QStringList usages;
    for (const auto &[nom, defaut] : defauts) {
        const QString exemple = estChoix(defaut) ? defaut.toStringList().join('|') : defaut.toString();
        const bool guillemets = exemple.isEmpty() || exemple.contains(' ') || exemple.contains('!');
        if (defaut.typeId() == QMetaType::Bool)
            usages << "[--" + nom + "]";
        else
            usages << "[--" + nom + " " + (guillemets ? '"' + exemple + '"' : exemple) + "]";
    }
    QTextStream(stderr) << phrase << "\nUsage : " << programme << " " << usages.join(' ') << "\n";
    std::exit(2);
}
