#ifndef OPTIONS_H
#define OPTIONS_H
#include <QList>
#include <QPair>
#include <QStringList>
#include <QVariant>

/**
 * Les options d'un programme : --port 1234 ou --port=1234.
 * Le genre de la valeur par défaut est celui de l'option : un int attend un entier, false déclare un drapeau,
 * une QStringList un choix dont le premier est le défaut, une QString accepte tout.
 * Une option fautive s'explique en français et le programme s'arrête avec le code 2.
 */
class Options
{
public:
    using Defauts = QList<QPair<QString, QVariant>>;
    Options(const QStringList &mots, const Defauts &defauts);
    quint16 port() const { return static_cast<quint16>(entier("port")); }
    int entier(const QString &nom) const { return valeurs.value(nom).toInt(); }
    bool drapeau(const QString &nom) const { return valeurs.value(nom).toBool(); }
    QString texte(const QString &nom) const { return valeurs.value(nom).toString(); }

private:
    [[noreturn]] void refuser(const QString &phrase) const;
    int lireEntier(const QString &nom, const QString &texte) const;

    QString programme;
    Defauts defauts;
    QMap<QString, QVariant> valeurs;
};
#endif // OPTIONS_H
